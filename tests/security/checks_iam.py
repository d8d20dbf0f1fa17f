"""What must hold of AWS' policies and roles, by checkov's names."""

from security.reading import (
    Check,
    Inputs,
    anybody,
    as_list,
    at,
    everywhere,
    grants,
    policy,
    statements,
    writes,
)

_ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
# Source: AWS IAM service authorization reference, 2026: who has one can have more than was given.
_ESCALATES = (
    "iam:AttachRolePolicy",
    "iam:CreatePolicyVersion",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
)
_GITHUB = "token.actions.githubusercontent.com"


def _allowed(inputs: Inputs) -> list[Inputs]:
    return statements(inputs, "policy", "Allow")


def _tls_only(inputs: Inputs) -> bool:
    return any(
        anybody(it["Principal"]) and at(it, "Condition.Bool.aws:SecureTransport") == "false"
        for it in statements(inputs, "policy", "Deny")
    )


def _trusted(inputs: Inputs) -> list[Inputs]:
    return statements(inputs, "assumeRolePolicy", "Allow")


def _one_subject(inputs: Inputs) -> bool:
    """Return whether GitHub's tokens are taken of one subject of one repository alone."""
    subjects = [
        str(at(it, "Condition.StringEquals")[f"{_GITHUB}:sub"])
        if at(it, "Condition.StringEquals")
        else "*"
        for it in _trusted(inputs)
        if it["Action"] == "sts:AssumeRoleWithWebIdentity"
    ]
    return all(one.startswith("repo:") and "*" not in one for one in subjects)


_TRUST = "assumeRolePolicy"
_OPEN_TRUST = policy(Action="sts:AssumeRole", Principal={"AWS": "*"})
_WRITE = policy(Action=["s3:ListBucket", "s3:PutObject"], Resource="*")
_WRITE_IF = policy(
    Action="s3:*", Resource=["*"], Condition={"Bool": {"aws:SecureTransport": "true"}}
)

IAM = (
    Check(
        name="CKV_AWS_70",
        says="nothing allowed to everybody",
        types=(":BucketPolicy", ":FileSystemPolicy"),
        holds=lambda it: not any(anybody(one.get("Principal")) for one in _allowed(it)),
        breaks=[
            ("policy", policy(Action="s3:GetObject", Principal=who, Resource="*"))
            for who in ("*", {"AWS": "*"})
        ],
    ),
    Check(
        name="TLS alone (no check of checkov's)",
        says="S3 and EFS by TLS alone",
        types=(":BucketPolicy", ":FileSystemPolicy"),
        holds=_tls_only,
        breaks=[("policy", policy(Action="s3:*", Principal="*", Resource="*"))],
    ),
    Check(
        name="CKV_AWS_62 and CKV_AWS_63",
        says="no action on everything",
        types=(":RolePolicy",),
        holds=lambda it: not any("*" in as_list(one["Action"]) for one in _allowed(it)),
        breaks=[("policy", policy(Action="*", Resource="*"))],
    ),
    Check(
        name="CKV_AWS_290",
        says="no unconditional write on everything",
        types=(":RolePolicy",),
        holds=lambda it: (
            not any(
                writes(one) and everywhere(one) and "Condition" not in one for one in _allowed(it)
            )
        ),
        breaks=[("policy", _WRITE)],
    ),
    Check(
        name="CKV_AWS_355",
        says="no write on everything",
        types=(":RolePolicy",),
        holds=lambda it: not any(writes(one) and everywhere(one) for one in _allowed(it)),
        breaks=[("policy", _WRITE), ("policy", _WRITE_IF)],
    ),
    Check(
        name="CKV_AWS_286 and CKV_AWS_289",
        says="nobody gives more than was given",
        types=(":RolePolicy",),
        holds=lambda it: not any(grants(one, _ESCALATES) for one in _allowed(it)),
        breaks=[
            ("policy", policy(Action=["iam:*RolePolicy"], Resource=["arn:aws:iam::*:role/a*"]))
        ],
    ),
    Check(
        name="CKV_AWS_274 and CKV2_AWS_56",
        says="no managed policy of everything",
        types=(":RolePolicyAttachment",),
        holds=lambda it: not it["policyArn"].endswith(("/AdministratorAccess", "/IAMFullAccess")),
        breaks=[("policyArn", _ADMIN), ("policyArn", "arn:aws:iam::aws:policy/IAMFullAccess")],
    ),
    Check(
        name="CKV_AWS_60 and CKV_AWS_61",
        says="roles for named services or principals",
        types=("iam/role:Role",),
        holds=lambda it: not any(anybody(one["Principal"]) for one in _trusted(it)),
        breaks=[(_TRUST, _OPEN_TRUST), (_TRUST, policy(Action="sts:AssumeRole", Principal="*"))],
    ),
    Check(
        name="CKV_AWS_393",
        says="one branch of one repository",
        types=("iam/role:Role",),
        holds=_one_subject,
        breaks=[
            (
                _TRUST,
                policy(Action="sts:AssumeRoleWithWebIdentity", Principal={}, Condition=condition),
            )
            for condition in ({}, {"StringEquals": {f"{_GITHUB}:sub": "repo:example-org/*"}})
        ],
    ),
)
