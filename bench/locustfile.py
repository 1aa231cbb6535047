"""Fifty people at work: what they ask of the service, how often, and how long they think in between.

Used by `python -m bench.load`; alone: `locust -f bench/locustfile.py --host http://127.0.0.1:8710`, with XINMAI_TOKEN.
"""

from __future__ import annotations

import os
import random

from locust import FastHttpUser, between, task

DAY = os.environ.get("BENCH_DAY", "2026-06-01")
TYPED = ("wy", "乌有", "shui", "乌有市建", "9199", "gc", "工程", "林", "wqsw", "问渠")


class Investigator(FastHttpUser):
    """Six questions of ten are a name typed and a card opened, three go on from there, one asks what comes near."""

    wait_time = between(1.0, 3.0)
    known: list[str]

    def on_start(self) -> None:
        """Sign in, and find some subjects to ask about."""
        self.known = os.environ["BENCH_SUBJECTS"].split(",")
        self.client.auth_header = None
        self.headers = {"Authorization": f"Bearer {os.environ['XINMAI_TOKEN']}"}

    def ask(self, path: str, **parameters: str) -> None:
        """One question, counted under its path."""
        query = "&".join(f"{name}={value}" for name, value in {**parameters, "as_of": DAY}.items())
        self.client.get(f"{path}?{query}", name=path, headers=self.headers)

    @property
    def someone(self) -> str:
        """A subject."""
        return random.choice(self.known)

    @task(30)
    def suggest(self) -> None:
        """A name is typed."""
        self.ask("/api/suggest", q=random.choice(TYPED))

    @task(30)
    def card(self) -> None:
        """A card is opened."""
        self.client.get(f"/api/subject/{self.someone}?as_of={DAY}", name="/api/subject", headers=self.headers)

    @task(20)
    def expand(self) -> None:
        """The network is gone on from there."""
        self.ask("/api/expand", subject=self.someone)

    @task(10)
    def paths(self) -> None:
        """How two are joined."""
        self.ask("/api/paths", a=self.someone, b=self.someone)

    @task(10)
    def exposure(self) -> None:
        """What comes near."""
        self.ask("/api/exposure", subject=self.someone)
