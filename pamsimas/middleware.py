"""What the roof does to every answer."""

from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """Pages travel compressed, whatever stands in front of the portal: a phone pays for each byte.

    Files do not: they are compressed already, and a download that tells its length shows how far it is. Django adds
    bytes at random, so that the size of a page tells nothing about the secrets in it.
    """

    def process_response(self, request, response):
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
