"""Every named address of the site, found by walking the resolver, with things to put into its gaps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    name: str
    gaps: tuple[str, ...]

    def path(self, things: Mapping[str, object]) -> str:
        """A gap that `things` does not know is a new kind of thing: teach it to the fixture `things`."""
        return reverse(self.name, kwargs={gap: things[gap] for gap in self.gaps})


def addresses(*namespaces: str) -> list[Address]:
    return sorted(set(walk(get_resolver(), "", namespaces)), key=lambda address: address.name)


def walk(resolver: URLResolver, above: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{above}{pattern.namespace}:" if pattern.namespace else above
            yield from walk(pattern, inside, namespaces)
        elif isinstance(pattern, URLPattern) and pattern.name and above.split(":")[0] in namespaces:
            yield Address(f"{above}{pattern.name}", tuple(sorted(pattern.pattern.regex.groupindex)))
