"""How staff look at records: a list and a page to read; every act is a view with a name."""

from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view may look; nobody adds, edits or deletes by Wagtail's own views."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and super().user_has_permission(user, "view")


class RecordIndexView(IndexView):
    """A list that answers no `?export=`: taking records out is an act of its own."""

    any_permission_required = ["view"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.is_export = False


class RecordInspectView(InspectView):
    any_permission_required = ["view"]


class RecordViewSet(ModelViewSet):
    """
    List, results and reading page of a record, and nothing else that Wagtail would add.

    Copying, choosing, history and usage would spread what is personal past our services.
    Whoever makes one registers `ReadOnlyPolicy` for its model.
    """

    index_view_class = RecordIndexView
    inspect_view_class = RecordInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = []
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs):
        unused = ["add", "edit", "delete", "history", "usage"]
        no_links = {f"{name}_url_name": None for name in unused}
        return super().get_common_view_kwargs(**{**no_links, **kwargs})

    def register_admin_url_finder(self):
        pass

    def get_urlpatterns(self):
        kept = {"index", "index_results", "inspect"}
        return [url for url in super().get_urlpatterns() if url.name in kept]
