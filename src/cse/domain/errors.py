"""The exception that carries a code of the catalogue."""

from cse.domain.codes import Code


class CodedError(Exception):
    """A request that is not carried out, for a reason that the catalogue names.

    `details` fill the names in the code's sentence; `field` among them is the request's field.
    """

    def __init__(self, code: Code, **details: str | int) -> None:
        super().__init__(code.name)
        self.code = code
        self.details = details

    @property
    def sentence(self) -> str:
        """The code's sentence with its names filled in; a name without a detail stays."""
        sentence = self.code.sentence
        for name, value in self.details.items():
            sentence = sentence.replace("{" + name + "}", str(value))
        return sentence

    def __str__(self) -> str:
        return f"{self.code.name}: {self.sentence}"
