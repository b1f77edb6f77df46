"""No more files of strangers are opened at once than the machine can bear."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from stories.confined import places
from stories.confined.places import NoPlaceError, place
from stories.pictures import accept as accepting
from stories.pictures.accept import PictureError, accept
from tests.pictures.files import picture_file


@pytest.fixture(autouse=True)
def _own_places(monkeypatch, tmp_path):
    monkeypatch.setattr(places.tempfile, "gettempdir", lambda: str(tmp_path))


def test_place_lets_in_as_many_as_there_are():
    inside, most = [], []
    lock = threading.Lock()

    def work():
        with place(places=2, wait_seconds=20):
            with lock:
                inside.append(1)
                most.append(len(inside))
            time.sleep(0.02)
            with lock:
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(most) == 10
    assert max(most) == 2


def test_place_gives_up_after_the_wait_and_is_free_after_an_error():
    with place(places=1, wait_seconds=0), pytest.raises(NoPlaceError), place(places=1, wait_seconds=0.1):
        pass

    with pytest.raises(ZeroDivisionError), place(places=1, wait_seconds=0):
        raise ZeroDivisionError
    with place(places=1, wait_seconds=0):
        pass


def test_a_place_is_free_when_its_holder_was_killed(tmp_path):
    script = (
        f"import tempfile; tempfile.tempdir = {str(tmp_path)!r}\n"
        "import sys, time; from stories.confined.places import place\n"
        "with place(places=1, wait_seconds=0):\n    print('held', flush=True); time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=os.getcwd())
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(NoPlaceError), place(places=1, wait_seconds=0):
        pass

    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()

    with place(places=1, wait_seconds=1):
        pass


def test_accept_asks_to_come_again_when_all_places_are_taken(monkeypatch):
    monkeypatch.setattr(accepting, "WAIT_SECONDS", 0)
    monkeypatch.setattr(accepting, "PLACES", 1)

    with place(places=1, wait_seconds=0), pytest.raises(PictureError) as refused:
        accept(picture_file("PNG"))

    assert "Please try again in a minute." in refused.value.message
    assert accept(picture_file("PNG")).width == 64
