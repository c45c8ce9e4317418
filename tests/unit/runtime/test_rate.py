"""What is taken comes back with time, and each name has its own."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.rate import Buckets


def test_a_bucket_says_what_is_left() -> None:
    now_s = [100.0]
    buckets = Buckets[str](10, 2, lambda: now_s[0], codes.TOO_MANY_ATTEMPTS)
    assert buckets.left("a") == 10
    buckets.take("a", 7)
    assert (buckets.left("a"), buckets.left("b")) == (3, 10)
    with pytest.raises(CodedError) as refused:
        buckets.take("a", 5)
    assert (refused.value.code, refused.value.details["seconds"]) == (codes.TOO_MANY_ATTEMPTS, 2)
    assert buckets.left("a") == 3
    now_s[0] += 1
    assert buckets.left("a") == 5
    now_s[0] += 60
    assert buckets.left("a") == 10
