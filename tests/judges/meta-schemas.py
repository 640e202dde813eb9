"""meta-schemas.py: the documents of drafts 7, 2019-09 and 2020-12, one JSON line each, from jsonschema-specifications."""

import json

from jsonschema_specifications import REGISTRY

for uri in sorted(REGISTRY):
    if any(draft in uri for draft in ("draft-07", "draft/2019-09", "draft/2020-12")):
        print(json.dumps(REGISTRY.contents(uri)))
