HDR,pick_ack,regional,layer,17,2026-03-02T17:00:00Z,1
request_file,request_sequence,request_row,order_id,revision,line_no,result,code,reason,decided_at
pick_request_layer_20260302_080000_000017.csv,17,1,FF-7K3F-000001,1,1,ACC,,,2026-03-02T08:05:00Z
pick_request_layer_20260302_080000_000017.csv,17,2,FF-7K3F-000001,1,2,ACC,,,2026-03-02T08:05:00Z
pick_request_layer_20260302_080000_000017.csv,17,3,FF-7K3F-000002,1,,REJ,too-late,"the pick of FF-7K3F-000002 is done, and it is packed: it goes out",2026-03-02T08:05:00Z
TRL,3,6
