"""cades-shape.py: whether CAdES signatures are made as EN 319 122-1 wants a level, by the line (lines.py, cades_rules.py)."""

from cades_rules import shape
from lines import serve

serve({"shape": shape})
