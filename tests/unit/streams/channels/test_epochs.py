"""A position is good as long as it lies in what was kept of its epoch."""

import pytest

from cse.streams.channels.epochs import Epochs


@pytest.mark.parametrize(
    ("epoch", "sequence", "good"),
    [
        (3, 100, False),  # before all that is known
        (4, 0, True),
        (4, 100, True),
        (4, 101, False),  # never kept of its epoch
        (5, 120, True),
        (5, 121, False),
        (6, 130, True),
        (6, 131, False),  # not there yet
        (7, 1, False),
    ],
)
def test_positions(epoch: int, sequence: int, good: bool) -> None:
    epochs = Epochs(4)
    epochs.begin(5, 100)
    epochs.begin(6, 120)
    assert epochs.holds(epoch, sequence, now=130) is good


def test_an_epoch_that_was_known_already_changes_nothing() -> None:
    epochs = Epochs(4)
    epochs.begin(4, 7)
    epochs.begin(3, 7)
    assert epochs.current == 4
    assert epochs.holds(4, 50, now=50)


def test_old_epochs_are_forgotten() -> None:
    epochs = Epochs(1)
    for epoch in range(2, 200):
        epochs.begin(epoch, epoch)
    assert not epochs.holds(1, 1, now=500)
    assert epochs.holds(198, 10, now=500)
