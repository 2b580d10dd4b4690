from wagtail import hooks

from core.hooks import CLOCK_JOB
from search.indexing import keep_index_in_step

hooks.register(CLOCK_JOB, keep_index_in_step)
