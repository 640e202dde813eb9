"""pyHanko's verdict on CMS signatures (EN 319 102-1), for cms-verify.py and asic-shape.py."""

import asyncio
import hashlib
import logging
from datetime import datetime, timezone

from asn1crypto import cms, crl, ocsp, pem, x509
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation.ades import ades_basic_validation, ades_with_time_validation
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import CertValidationPolicySpec, LocalKnowledge, RevinfoOnlineFetchingRule
from pyhanko.sign.validation.policy_decl import RevocationInfoGatheringSpec, SignatureValidationSpec
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from lines import Refused, want

logging.disable(logging.CRITICAL)


def judge(question, content, facts):
    """Each signer by itself: pyHanko reads one. With lists or responses, every certificate has to be on record as not revoked."""
    try:
        info = cms.ContentInfo.load(question.read("file"), strict=True)
        want(info["content_type"].native == "signed_data", "no SignedData")
        signed = info["content"]
        signers = list(signed["signer_infos"])
        want(signers, "nobody signed")
        inside = signed["encap_content_info"]["content"].native
        want((inside is None) != (content is None), "the content is there twice or not at all")
        facts["signers"] = []
        for signer in signers:
            verdict(question, alone(signed, signer), signer, content, facts["signers"])
    except (SignatureValidationError, CMSExtractionError, ValueError, TypeError, KeyError) as error:
        # asn1crypto reads when it is asked, and says with these that bytes are damaged.
        raise Refused(f"{type(error).__name__}: {error}") from error


def alone(signed, signer):
    one = signed.copy()
    one["signer_infos"] = [signer]
    return one


def verdict(question, one, signer, content, found):
    digest = content and hashlib.new(signer["digest_algorithm"]["algorithm"].native, content).digest()
    stamped = any(attribute["type"].native == "signature_time_stamp_token" for attribute in signer["unsigned_attrs"])
    validate = ades_with_time_validation if stamped else ades_basic_validation
    at = datetime.fromtimestamp(int(question.one("at")), timezone.utc) if question.has("at") else datetime.now(timezone.utc)
    timing = ValidationTimingInfo(validation_time=at, best_signature_time=at, point_in_time_validation=question.has("at"))
    result = asyncio.run(validate(one, specification(question, one), timing_info=timing, raw_digest=digest))
    indication = result.ades_subindic
    found.append({"indication": indication.status.name, "subIndication": indication.standard_name, "stamped": stamped})
    status = result.api_status
    want(indication == AdESPassed.OK, f"{indication}: {result.failure_msg or ''} {status.summary() if status else ''}")


def specification(question, signed):
    roots = [x509.Certificate.load(der) for der in ders(question.all("root"))]
    lists = [CRLContainer(crl.CertificateList.load(der)) for der in ders(question.all("crl"))]
    responses = [ocsp.OCSPResponse.load(der) for der in ders(question.all("ocsp"))]
    for choice in signed["crls"] or []:
        if choice.name == "crl":
            lists.append(CRLContainer(choice.chosen))
        elif choice.chosen["other_rev_info_format"].native == "ocsp_response":
            responses.append(ocsp.OCSPResponse.load(choice.chosen["other_rev_info"].dump()))
    responses = [part for response in responses for part in OCSPContainer.load_multi(response)]
    mode = RevocationCheckingPolicy.from_legacy("require" if lists or responses else "soft-fail")
    policy = CertValidationPolicySpec(SimpleTrustManager.build(roots), CertRevTrustPolicy(mode))
    known = LocalKnowledge(responses, lists, [x509.Certificate.load(der) for der in ders(question.all("chain"))])
    return SignatureValidationSpec(
        policy,
        RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        ts_cert_validation_policy=policy,
        local_knowledge=known,
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}),
    )


def ders(files):
    """What lies in files of PEM or DER."""
    for name in files:
        with open(name, "rb") as file:
            read = file.read()
        yield from (der for _, _, der in pem.unarmor(read, multiple=True)) if pem.detect(read) else [read]
