"""Files put into a layer's folders, right ones and wrong ones, made from the guides and layouts, and what it makes of
each.
"""
