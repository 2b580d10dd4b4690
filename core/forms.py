"""How forms for visitors are drawn: one template for every field, errors tied to it."""

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting


class PortalBoundField(BoundField):
    """A field that knows how it is drawn and where an error's link leads."""

    @property
    def is_group(self):
        """Whether it is several inputs under one legend."""
        return bool(self.field.widget.use_fieldset)

    @property
    def is_tick(self):
        """Whether it is a single box to tick, whose label stands after it."""
        return self.widget_type == "checkbox"

    @property
    def first_input_id(self):
        """Where the error summary leads: a group of inputs has no id that takes the focus."""
        if self.is_group:
            return self.subwidgets[0].id_for_label
        return self.id_for_label

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        named = [f"{self.auto_id}-hint"] if self.help_text else []
        if self.errors:
            named.append(f"{self.auto_id}-error")
            attrs["aria-invalid"] = "true"
        if named and not self.is_group:
            attrs["aria-describedby"] = " ".join(named)
        return attrs


class PortalRenderer(TemplatesSetting):
    """
    Draws fields with `components/field.html`.

    A form names it itself: by FORM_RENDERER it would reach into the admin.
    """

    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField
