"""Documents as the warehouses write them, for faults to alter."""

INTERCHANGE = (
    b"ISA*00*          *00*          *ZZ*WEST           *ZZ*CROSSDOCK      *260302*0800*U*00401*000000007*0*P*>~\n"
    b"GS*SW*WEST*CROSSDOCK*20260302*0800*7*X*004010~\n"
    b"ST*945*0001~\nW06*F*FF-1*20260302*SHP-1~\nW12*CC*3*3*0*EA**VN*SKU-1~\nSE*4*0001~\n"
    b"GE*1*7~\nIEA*1*000000007~\n"
)
FILE = (
    b"HDR,ship_confirm,REGIONAL,CROSSDOCK,7,2026-03-02T08:00:00Z,1\r\n"
    b"shipment_id,order_id,customer_order_no,warehouse,shipped_at,carrier,carrier_name,service,order_complete,line_no,sku,"
    b"qty_ordered,qty_shipped,qty_short,uom,line_status,package_id,sscc,tracking_no,weight,weight_uom,qty_in_package,lot,"
    b"serials\r\n"
    b"SHP-1,FF-1,CO-1,regional,2026-03-02T07:00:00Z,UPSN,UPS,GROUND,Y,1,SKU-1,4,4,0,EA,CP,PKG-1,095202900000000050,TRK-1,1.850,KGM,4,,\r\n"
    b"TRL,1,4,1\r\n"
)
