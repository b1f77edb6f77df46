from django.apps import AppConfig
from django.core.checks import Tags, register

from mystory import checks


class MystoryConfig(AppConfig):
    name = "mystory"

    def ready(self) -> None:
        register(checks.one_role, Tags.security)
        register(checks.letters, Tags.database)
        register(checks.media_storage, Tags.files)
