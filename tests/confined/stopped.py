"""Run in a confined process: asks itself to stop, as whoever stops the site asks all its processes, and goes on."""

import os
import signal

if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(os.getpid(), number)
    print('{"read": "to its end"}')
