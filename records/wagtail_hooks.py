from wagtail.snippets.models import register_snippet

from core import hooks
from records import launch
from records.snippets import WhatPeopleAreTold

register_snippet(WhatPeopleAreTold)
hooks.register(hooks.BEFORE_LAUNCH, launch.notices)
