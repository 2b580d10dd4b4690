"""What a report of an error may say, wherever somebody has one sent: where, and not of whom."""

from django.conf import settings
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


class WithoutValues(SafeExceptionReporterFilter):
    """Shows the lines of code that failed, and no variable of theirs."""

    def get_traceback_frame_variables(self, request, tb_frame):
        if self.is_active(request):
            return []
        return super().get_traceback_frame_variables(request, tb_frame)


class WithoutRequest(ExceptionReporter):
    """Knows nothing of what was asked: address, form, cookies; except for developers."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request if settings.DEBUG else None, *args, **kwargs)
