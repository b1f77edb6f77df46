"""`manage.py make_variants`: has the workers make the smaller files that pictures lack, or all of them anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from stories.workflow.varying import order_again


class Command(BaseCommand):
    help = "Gives each picture without its smaller files another turn at the workers, also those given up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="those of every picture, anew")

    def handle(self, *args: Any, **options: Any) -> None:
        count = order_again(all_of_them=options["all"])
        pictures = "1 picture has its" if count == 1 else f"{count} pictures have their"
        self.stdout.write(f"{pictures} turn now. The workers make the files one picture at a time.")
