"""The training loop: resumes from its checkpoint, stops when its minutes are used up."""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn

from . import checkpoint


class Objective(Protocol):
    """What a model learns from, and how it is judged. Its model has an `encoder`."""

    def start(self, dropout: float) -> nn.Module:
        """The model as training begins."""

    def loss(self, model: nn.Module) -> tuple[Tensor, dict[str, float]]:
        """The loss of a step to go down, and its parts for the log."""

    def figures(self, model: nn.Module) -> dict[str, float]:
        """How a model does on what it does not learn from."""


@dataclass(frozen=True)
class Plan:
    """How to train. `minutes` counts training time over all resumed runs."""

    minutes: float
    device: str = "cpu"
    threads: int = 2
    seed: int = 1
    draws: int = 6
    pairs: int = 8
    rate: float = 7e-5
    head_rate: float = 1e-3
    warmup: int = 60
    cooldown: float = 0.35
    dropout: float = 0.0
    ema: float = 0.997
    save_minutes: float = 5.0
    measure_minutes: float = 15.0


class Run:
    """One training run in a folder."""

    def __init__(self, plan: Plan, folder: Path, objective: Callable[[Plan, random.Random], Objective]) -> None:
        self.plan = plan
        self.folder = folder
        torch.set_num_threads(plan.threads)
        torch.manual_seed(plan.seed)
        self.random = random.Random(plan.seed)
        self.objective = objective(plan, self.random)
        self.model = self.objective.start(plan.dropout).to(plan.device)
        # The position vectors stay as they are: too few long texts are seen to move them well.
        self.model.encoder.places.weight.requires_grad_(False)
        self.average = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(self._groups(), betas=(0.9, 0.98))
        self.step = 0
        self.began = 0
        self.elapsed = 0.0
        self._restore()

    def _groups(self) -> list[dict]:
        slow, plain, maps, numbers, words = [], [], [], [], []
        for name, parameter in self.model.named_parameters():
            if not parameter.requires_grad:
                continue
            if name == "encoder.words.weight":
                words.append(parameter)
            elif name.startswith("encoder."):
                (slow if parameter.ndim > 1 else plain).append(parameter)
            else:
                (maps if parameter.ndim > 1 else numbers).append(parameter)
        rate, head = self.plan.rate, self.plan.head_rate
        return [
            {"params": slow, "lr": rate, "peak": rate, "weight_decay": 0.01},
            {"params": plain, "lr": rate, "peak": rate, "weight_decay": 0.0},
            {"params": maps, "lr": head, "peak": head, "weight_decay": 0.0},
            {"params": numbers, "lr": head, "peak": head * 5, "weight_decay": 0.0},
            # Decay would wear away the words that are not met.
            {"params": words, "lr": rate, "peak": rate, "weight_decay": 0.0},
        ]

    def _restore(self) -> None:
        state = checkpoint.load(self.folder)
        if state is None:
            return
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        if state["optimizer"]:
            self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.began, self.elapsed = state["step"], state["began"], state["elapsed"]
        self.random.setstate(state["random"])
        torch.set_rng_state(state["torch"])
        print(f"resumed at step {self.step}, {self.elapsed / 60:.1f} minutes", flush=True)

    def _save(self) -> None:
        checkpoint.save(
            self.folder,
            {
                "plan": asdict(self.plan) | {"device": str(self.plan.device)},
                "model": self.model.state_dict(),
                "average": self.average.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "step": self.step,
                "began": self.began,
                "elapsed": self.elapsed,
                "random": self.random.getstate(),
                "torch": torch.get_rng_state(),
            },
        )

    def _rate(self) -> float:
        """Share of the full rate: up at the start, down to a twentieth over the last part of the minutes."""
        left = 1 - self.elapsed / (60 * self.plan.minutes)
        return min((self.step - self.began + 1) / self.plan.warmup, 1.0, max(0.05, left / self.plan.cooldown))

    def _one_step(self) -> dict[str, float]:
        self.model.train()
        share = self._rate()
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        with torch.autocast(self.plan.device, torch.bfloat16):
            loss, parts = self.objective.loss(self.model)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        decay = min(self.plan.ema, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, now in zip(self.average.parameters(), self.model.parameters(), strict=True):
                if now.requires_grad:
                    mean.lerp_(now, 1 - decay)
        return parts

    def log(self, entry: dict) -> None:
        """Adds a line to the run's log and prints it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"step": self.step, "minutes": round(self.elapsed / 60, 2), **entry})
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(line + "\n")
        print(line, flush=True)

    def measure(self) -> dict[str, float]:
        """Figures of the averaged model on the held-out sets."""
        figures = self.objective.figures(self.average)
        self.log({"held_out": figures})
        return figures

    def train(self) -> nn.Module:
        """Trains until the minutes are used up and returns the averaged model."""
        if self.step == 0 and self.plan.measure_minutes < self.plan.minutes:
            self.measure()
        saved = measured = self.elapsed
        sums: dict[str, float] = {}
        count = 0
        while self.elapsed < 60 * self.plan.minutes:
            began = time.monotonic()
            parts = self._one_step()
            self.step += 1
            # A machine that slept does not use up the minutes.
            self.elapsed += min(time.monotonic() - began, 60.0)
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value
            count += 1
            if self.step % 25 == 0:
                self.log({"loss": {name: round(value / count, 4) for name, value in sums.items()}})
                sums, count = {}, 0
            if self.elapsed - saved > 60 * self.plan.save_minutes:
                self._save()
                saved = self.elapsed
            if self.elapsed - measured > 60 * self.plan.measure_minutes:
                self.measure()
                measured = self.elapsed
        self._save()
        return self.average
