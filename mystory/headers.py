"""What every answer forbids the browser: no page of ours needs the visitor's camera, microphone or whereabouts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

NOT_NEEDED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
    *("midi", "payment", "usb", "browsing-topics"),
)
POLICY = ", ".join(f"{feature}=()" for feature in NOT_NEEDED)


def forbid_what_is_not_needed(get_response: Handler) -> Handler:
    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return handle
