"""A small loaded graph for the doors: the same for every test of a module, none of which changes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.access import Access
from api.app import create_app
from graph.store import Store
from tests.conftest import EMPTY
from tests.loaders.packages import USCC_A, load_all, package

HOSTILE = "<img src=x onerror=window.__xss=1>有限公司"
PERSON_ID = "999999199003070020"
TOKEN = "a-token-of-the-test"
HERE = "http://127.0.0.1:8710"
HOLDER = {"authorization": f"Bearer {TOKEN}"}


def write_package(folder: Path) -> Path:
    """甲 holds 60 % of the listed 乙; 张三 heads both; 丙 only used to; two firms share a name; one name is hostile."""
    return package(
        folder,
        subjects=f"""
            id,kind,form,name,uscc,id_type,id_number
            A,enterprise,company,乌有市甲木有限公司,{USCC_A},,
            B,enterprise,company,乌有市乙火有限公司,,,
            C,enterprise,company,乌有市丙土有限公司,,,
            H,enterprise,company,{HOSTILE},,,
            N1,enterprise,company,同名有限公司,,,
            N2,enterprise,company,同名有限公司,,,
            P,person,,张三,,居民身份证,{PERSON_ID}
        """,
        relations="""
            source,target,type,ratio,since,until,record
            A,B,SHAREHOLDER,0.6,2020-01-01,,r:1
            P,A,LEGAL_REP,,2020-01-01,,r:2
            P,B,LEGAL_REP,,2020-01-01,,r:3
            P,C,LEGAL_REP,,2020-01-01,2021-01-01,r:4
            H,B,SHAREHOLDER,0.4,2020-01-01,,r:5
        """,
        listings="""
            id,subject,list,basis,reason,listed_on,state,record
            L1,B,SXBZXR,民事诉讼法,<script>window.__xss=1</script>,2025-01-01,listed,l:1
        """,
    )


@pytest.fixture(scope="module")
def graph(arcadedb: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store with that package loaded and nothing else."""
    arcadedb.write(EMPTY)
    load_all(arcadedb, write_package(tmp_path_factory.mktemp("in") / "tiny"), snapshot="2026-01-01")
    return arcadedb


@pytest.fixture(scope="module")
def app(graph: Store) -> FastAPI:
    """The service over that store, not started yet."""
    return create_app(graph.location, access=Access.of(TOKEN))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """Somebody with the token."""
    with TestClient(app, base_url=HERE, headers=HOLDER) as opened:
        yield opened
