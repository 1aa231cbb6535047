"""A job told while it runs, as server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

from api.jobs.registry import Job

LOOK = 0.2  # seconds between looks at the job
HEARTBEAT = 10.0  # seconds of silence after which proxies hear that we are still there
LONGEST = 600.0  # seconds; the browser asks again by itself


async def events(job: Job, lang: str = "zh") -> AsyncIterator[str]:
    """`progress` whenever something changed, then `done`, `failed` or `cancelled`, and the end."""
    yield "retry: 2000\n\n"
    told, began = "", time.monotonic()
    last = began
    while time.monotonic() - began < LONGEST:
        over = job.state.over
        now = json.dumps(job.to_json(lang), ensure_ascii=False)
        if now != told:
            told, last = now, time.monotonic()
            yield f"event: {job.state if over else 'progress'}\ndata: {now}\n\n"
        elif time.monotonic() - last > HEARTBEAT:
            last = time.monotonic()
            yield ": …\n\n"
        if over:
            return
        await asyncio.sleep(LOOK)
