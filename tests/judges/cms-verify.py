"""cms-verify.py: what pyHanko says of CMS signatures, by the line (lines.py).

cms file=F [content=F] root=F… [chain=F]… [crl=F]… [ocsp=F]… [at=T]: for each signer indication and sub-indication of EN 319 102-1.
"""

import cms_pyhanko
from lines import serve


def verdict(question, facts):
    cms_pyhanko.judge(question, question.read("content") if question.has("content") else None, facts)


serve({"cms": verdict})
