"""Moves the head and hands of Monado's `remote` driver over TCP, as a person in a headset would.

One update is one packet of 376 little-endian bytes (Monado 25, `r_interface.h`): no framing, no reply. On connecting,
the service sends two such packets, its reset state and its latest. Its state outlives the client: a test sends
`Remote.reset` first. To OpenXR the hands are an Index headset's controllers, with hand joints from the curls.

All values are OpenXR's: metres, y up, -z ahead, quaternions x y z w, angles of view in radians.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

PORT = 4242
PACKET_BYTES = 376
_MAGIC = b"mndrmt3\0"

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """A place and an orientation. The service does not normalise the quaternion."""

    position: Vector = (0.0, 0.0, 0.0)
    orientation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)

    def pack(self) -> bytes:
        return struct.pack("<7f", *self.orientation, *self.position)


@dataclass(frozen=True, slots=True)
class Eye:
    """One eye's angles of view (radians; left and down are negative) and its pose relative to the head."""

    left: float = 0.0
    right: float = 0.0
    up: float = 0.0
    down: float = 0.0
    pose: Pose = Pose()

    def pack(self) -> bytes:
        return struct.pack("<4f", self.left, self.right, self.up, self.down) + self.pose.pack() + bytes(4)


@dataclass(frozen=True, slots=True)
class Head:
    """The head's pose; `eyes` (left, right) replace the service's own views when given."""

    pose: Pose = Pose((0.0, 1.6, 0.0))
    eyes: tuple[Eye, Eye] | None = None

    def pack(self) -> bytes:
        left, right = self.eyes or (Eye(), Eye())
        return left.pack() + right.pack() + self.pose.pack() + struct.pack("<?3x", self.eyes is not None)


@dataclass(frozen=True, slots=True)
class Touchable:
    """A part of a controller that can be touched and pressed."""

    click: bool = False
    touch: bool = False


@dataclass(frozen=True, slots=True)
class Controller:
    """One hand. Amounts run from 0 to 1, stick and pad from -1 to 1; velocities are metres and radians a second."""

    pose: Pose = Pose()
    linear_velocity: Vector = (0.0, 0.0, 0.0)
    angular_velocity: Vector = (0.0, 0.0, 0.0)
    curl: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)
    """Little finger to thumb; 0 is straight, 1 is a fist."""
    trigger: float = 0.0
    squeeze: float = 0.0
    squeeze_force: float = 0.0
    stick: tuple[float, float] = (0.0, 0.0)
    pad_force: float = 0.0
    pad: tuple[float, float] = (0.0, 0.0)
    hand_tracked: bool = True
    active: bool = True
    """False is a controller switched off or out of sight."""
    system_button: Touchable = Touchable()
    a_button: Touchable = Touchable()
    b_button: Touchable = Touchable()
    trigger_button: Touchable = Touchable()
    stick_button: Touchable = Touchable()
    pad_touch: bool = False

    def pack(self) -> bytes:
        buttons = (self.system_button, self.a_button, self.b_button, self.trigger_button, self.stick_button)
        return (
            self.pose.pack()
            + struct.pack("<3f3f5f", *self.linear_velocity, *self.angular_velocity, *self.curl)
            + struct.pack("<3f", self.trigger, self.squeeze, self.squeeze_force)
            + struct.pack("<2ff2f", *self.stick, self.pad_force, *self.pad)
            + struct.pack("<2?", self.hand_tracked, self.active)
            + b"".join(struct.pack("<2?", button.click, button.touch) for button in buttons)
            + struct.pack("<?3x", self.pad_touch)
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Everything the service knows about a person at one moment."""

    head: Head = Head()
    left: Controller = field(default_factory=lambda: Controller(Pose((-0.2, 1.3, -0.5))))
    right: Controller = field(default_factory=lambda: Controller(Pose((0.2, 1.3, -0.5))))

    def pack(self) -> bytes:
        return _MAGIC + self.head.pack() + self.left.pack() + self.right.pack()


class Remote:
    """A connection to the service. Every method sends one whole state; `person` is the last one sent.

    Open one at a time: a second one waits without an answer, and once it has given up, Monado 25 takes no client until
    the service is restarted.
    """

    def __init__(self, port: int = PORT, timeout: float = 60.0) -> None:
        """Connects, trying for `timeout` seconds while the service starts or lets go of its last client."""
        self._socket, self._reset = _connect(port, timeout)
        self._socket.settimeout(timeout)
        self.person = Person()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def reset(self) -> None:
        """Back to the state the service itself starts in."""
        self._socket.sendall(self._reset)
        self.person = Person()

    def send(self, person: Person) -> None:
        self._socket.sendall(person.pack())
        self.person = person

    def head(self, head: Head) -> None:
        self.send(replace(self.person, head=head))

    def controllers(self, left: Controller | None = None, right: Controller | None = None) -> None:
        """Moves the hands that are given; the others stay as they are."""
        self.send(replace(self.person, left=left or self.person.left, right=right or self.person.right))


def _connect(port: int, timeout: float) -> tuple[socket.socket, bytes]:
    """The connection and the service's reset state.

    The kernel accepts on the service's behalf, also while it serves another client and while it dies. So only its
    greeting shows that a connection is one.
    """
    deadline = time.monotonic() + timeout
    while True:
        connection: socket.socket | None = None
        try:
            remaining = max(deadline - time.monotonic(), 0.05)
            connection = socket.create_connection(("127.0.0.1", port), timeout=remaining)
            reset, _latest = _receive(connection, PACKET_BYTES), _receive(connection, PACKET_BYTES)
            return connection, reset
        except OSError as error:
            if connection is not None:
                connection.close()
            if time.monotonic() > deadline:
                raise ConnectionError(
                    f"no greeting from a remote driver on port {port} within {timeout:g} s: is monado-service running "
                    "with P_OVERRIDE_ACTIVE_CONFIG=remote, and is no other Remote open? It serves one at a time"
                ) from error
            time.sleep(0.05)


def _receive(connection: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        chunk = connection.recv(count - len(data))
        if not chunk:
            raise ConnectionError("the remote driver closed the connection")
        data += chunk
    return bytes(data)
