"""What the users of an event move to and from storage, from how they arrive. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from capacity.crowds import Crowd, Uniform
from capacity.quantities import KIB, ceil_div, show_memory

# Bytes of one operation. Source: 2i2c-org/infrastructure#8128: 125 MB/s at about 500 IOPS;
# a gp3 volume counts sequential I/O in pieces of at most 256 KiB.
IO_SIZE = 256 * KIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What must be moved in a second, exactly.

    Attributes:
        read: Bytes read.
        write: Bytes written.
        node_read: Bytes read by the busiest node.
        node_write: Bytes written by the busiest node.
        read_operations: Read operations.
        write_operations: Write operations.
        seconds: Seconds for which it lasts.
    """

    read: Fraction
    write: Fraction
    node_read: Fraction
    node_write: Fraction
    read_operations: Fraction
    write_operations: Fraction
    seconds: int

    def __add__(self, other: "Demand") -> "Demand":
        """Return both at once, from nodes of their own."""
        return Demand(
            read=self.read + other.read,
            write=self.write + other.write,
            node_read=max(self.node_read, other.node_read),
            node_write=max(self.node_write, other.node_write),
            read_operations=self.read_operations + other.read_operations,
            write_operations=self.write_operations + other.write_operations,
            seconds=max(self.seconds, other.seconds),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageNeed:
    """What is known of an event's data.

    Attributes:
        users: People, each with one server.
        arrive: Seconds in which they all come, evenly.
        within: Seconds after coming in which each wants to have moved everything.
        users_per_node: Most of them on one node.
        shared_read: Bytes that each reads from the shared directory.
        home_write: Bytes that each writes to the home directory.
        scratch: Bytes that each writes to the disk of the node.
        io_size: Bytes of one operation.
    """

    users: int
    arrive: int
    within: int
    users_per_node: int
    shared_read: int = 0
    home_write: int = 0
    scratch: int = 0
    io_size: int = IO_SIZE

    @property
    def at_once(self) -> int:
        """Return the most users who are moving data at the same time."""
        return Crowd(users=self.users, shape=Uniform(self.arrive)).peak(self.within)

    @property
    def at_once_on_a_node(self) -> int:
        """Return the most of them on one node, which the scheduler fills before the next."""
        return min(self.at_once, self.users_per_node)

    @property
    def stored(self) -> int:
        """Return the bytes that are there before anyone comes: the shared data, once."""
        return self.shared_read

    @property
    def because(self) -> str:
        """Return the rule behind the demand, in words."""
        return (
            f"{self.at_once} of {self.users} users, who come in {self.arrive} s, are at it at "
            f"once, each reading {show_memory(self.shared_read)} and writing "
            f"{show_memory(self.home_write)} within {self.within} s"
        )

    def demand(self) -> Demand:
        """Return what the file system of the homes must do."""
        return self._demand(self.at_once, self.shared_read, self.home_write)

    def scratch_demand(self) -> Demand:
        """Return what the disk of the busiest node must do."""
        return self._demand(self.at_once_on_a_node, 0, self.scratch)

    def _demand(self, users: int, read: int, write: int) -> Demand:
        total = Fraction(users, self.within)
        node = Fraction(min(users, self.users_per_node), self.within)
        return Demand(
            read=total * read,
            write=total * write,
            node_read=node * read,
            node_write=node * write,
            read_operations=total * ceil_div(read, self.io_size),
            write_operations=total * ceil_div(write, self.io_size),
            seconds=self.within,
        )
