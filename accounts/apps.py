from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Who signs in, and what a role may do."""

    name = "accounts"

    def ready(self):
        # Permissions do not exist before the last app has been migrated.
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(_sync_roles, sender=last)
        # Wagtail looks this name up when the admin's addresses are first asked for.
        apps.get_app_config("wagtailusers").user_viewset = "accounts.staff.StaffViewSet"


def _sync_roles(using, **kwargs):
    # Here, since models are not there yet when this file is read.
    from accounts.sync import sync_roles

    if using == "default":
        sync_roles()
