from django.core.management.base import BaseCommand, CommandError

from records.keys import newest, ring
from records.rotation import keys_in_use, sealed_models, turn


class Command(BaseCommand):
    help = "Seal everything anew under the first of FIELD_KEYS; may be stopped and begun again."

    def add_arguments(self, parser):
        parser.add_argument(
            "--retire",
            metavar="ID",
            help="only say whether this key may be taken out of FIELD_KEYS",
        )

    def handle(self, *, retire, **options):
        if retire:
            return self.say_whether_it_may_go(retire)
        left = 0
        for model, names in sealed_models():
            turned, unreadable = turn(model, names)
            left += len(unreadable)
            self.stdout.write(f"{model._meta.label}: {turned} sealed anew")
            if unreadable:
                pks = ", ".join(str(pk) for pk in unreadable)
                self.stderr.write(f"{model._meta.label}: cannot be read: {pks}")
        for key_id, rows in sorted(keys_in_use().items()):
            self.stdout.write(f"Key {key_id}: {rows} rows need it")
        if left:
            raise CommandError(f"{left} rows need a key that is not at hand.")

    def say_whether_it_may_go(self, key_id):
        if key_id == newest().id:
            raise CommandError("This key seals what is new: put another one first.")
        if key_id not in {key.id for key in ring()}:
            raise CommandError("FIELD_KEYS holds no key with this id.")
        if rows := keys_in_use()[key_id]:
            raise CommandError(f"{rows} rows need this key: run rotate_keys first.")
        self.stdout.write(
            f"No row needs key {key_id}: it may go. Keep it with the backups made before."
        )
