"""What is asked of a cloud about a stack's things."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """What the things of a stack carry.

    Attributes:
        region: Where the stack is.
        label: Value of the tag or label `readyroom-stack`.
        prefixes: How names of its IAM roles begin; not used on Google Cloud.
        project: Google Cloud project; empty on AWS, whose credentials name the account.
    """

    region: str
    label: str
    prefixes: tuple[str, ...] = ()
    project: str = ""
