"""Reports and reads by GeoReport v2 through client libraries that others wrote: the judge is what they make of our answers."""

import itertools
import json
import sys

from georeport import GeoReport

# `three` is of the days when this still was there.
itertools.ifilter = filter
from three import Three  # noqa: E402

endpoint = sys.argv[1]
three = Three(endpoint)

[receipt] = three.post(
    "o-ga",
    lat="12.2458",
    long="109.1953",
    address="Trước số 5 đường Ví Dụ",
    description="Ổ gà sâu giữa đường",
    phone="0900000000",
)
code = receipt["service_request_id"]

told = {"code": code, "notice": receipt["service_notice"], "services": [one["service_code"] for one in three.services()]}
told["own"] = three.request(code)[0]
for form in ("json", "xml"):
    client = GeoReport(endpoint, output_format=form)
    told[form] = {
        "services": [one["service_code"] for one in client.get_service_list()],
        "definition": client.get_service_definition("o-ga")["service_code"],
        "requests": client.get_service_requests(),
        "own": client.get_service_request(code),
    }
    told[form]["first"] = client.get_service_request(told[form]["requests"][0]["service_request_id"])
json.dump(told, sys.stdout)
