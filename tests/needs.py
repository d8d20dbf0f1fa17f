"""Small events that several tests plan: who comes when, and how long a node takes."""

from capacity.crowds import Recorded, Stay
from capacity.needs import Need
from capacity.packing import Seat
from capacity.quantities import GIB

SEAT = Seat(memory=GIB, cpu=400)
# A node is Ready after 100 s and has its image 20 s later, never sooner or later. All stay an hour
# and are culled ten minutes after it.
USER_A_MINUTE = Need(
    users=8,
    seat=SEAT,
    within=420,
    every_seat_warm=False,
    waiting_permille=300,
    wait_limit=30,
    node_ready=100,
    image_pull=20,
    arrive=Recorded(tuple(60.0 * place for place in range(8))),
    stay=Stay(seconds=3600, until_end=True, cull=600),
    ends=4200,
    lead=900,
    slow_percent=100,
)
# A node that is asked for at once is Ready when the last has come.
USER_EVERY_TEN_SECONDS = Need(
    users=40,
    seat=SEAT,
    within=400,
    every_seat_warm=False,
    waiting_permille=300,
    wait_limit=5,
    node_ready=590,
    image_pull=60,
    arrive=Recorded(tuple(10.0 * place for place in range(40))),
    stay=Stay(seconds=3600, until_end=True, cull=600),
    ends=4200,
    lead=900,
)
