"""What a program plugin declares."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Program(BaseModel):
    """A program: its id and its rule file. The rule file says everything else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    rules: Path
    """The rule file, `*.ejps`; it must declare the same program id."""

    @classmethod
    def beside(cls, module: str, id: str, rules: str = "program.ejps") -> Program:
        """The program whose rule file lies beside a module, which gives its `__file__`."""
        return cls(id=id, rules=Path(module).with_name(rules))
