"""What every answer has in common, whoever made it: what it forbids the browser, and no body for HEAD."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

Handler = Callable[[HttpRequest], HttpResponseBase]

NOT_NEEDED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
    *("midi", "payment", "usb", "browsing-topics"),
)
POLICY = ", ".join(f"{feature}=()" for feature in NOT_NEEDED)


def send_no_body_to_head(get_response: Handler) -> Handler:
    """Outermost. The server would drop the body itself, and write a line of warning for each."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response

    return handle


def forbid_what_is_not_needed(get_response: Handler) -> Handler:
    """No page of ours needs the visitor's camera, microphone or whereabouts."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    return handle
