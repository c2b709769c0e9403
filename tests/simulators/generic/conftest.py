"""Mocks of documents that a test writes down."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.tests.simulators.generic.mocked import Mocked, mock_of

Mock = Callable[..., Mocked]

PETS = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: "https://pets.example/{stage}/v1", variables: {stage: {default: live}}}]
paths:
  /pets:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
        - {name: offset, in: query, schema: {type: integer, minimum: 0}}
        - {name: status, in: query, schema: {$ref: "#/components/schemas/Status"}}
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                required: [items, total]
                properties:
                  items: {type: array, items: {$ref: "#/components/schemas/Pet"}}
                  total: {type: integer}
                  nextPageToken: {type: string, nullable: true}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses:
        "201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "409": {description: There already.}
        "422":
          description: Wrong.
          content:
            application/json:
              schema: {type: object, properties: {why: {type: string}}}
              examples: {rude: {value: {why: bad name}}, long: {value: {why: too long}}}
  /pets/{petId}:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        "200":
          description: A pet.
          headers: {ETag: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses: {"200": {$ref: "#/components/responses/Changed"}}
    patch:
      requestBody: {required: true, content: {application/merge-patch+json: {schema: {type: object}}}}
      responses: {"200": {$ref: "#/components/responses/Changed"}}
    delete: {responses: {"204": {description: Gone.}}}
  /pets/{petId}/visits:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        "200":
          description: Visits.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Visit"}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Visit"}}}}
      responses:
        "201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Visit"}}}}
  /pets/{petId}/feed:
    parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
    post: {responses: {"202": {description: Fed.}}}
components:
  responses:
    Changed: {description: Changed., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
  schemas:
    Status: {type: string, enum: [available, sold]}
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, format: int64, readOnly: true}
        name: {type: string, minLength: 1, maxLength: 20}
        status: {$ref: "#/components/schemas/Status"}
        chip: {type: string, pattern: "^[A-Z]{3}-[0-9]{4}$", nullable: true}
        pin: {type: string, writeOnly: true}
        mother: {$ref: "#/components/schemas/Pet"}
    Visit:
      type: object
      required: [id, petId]
      properties:
        id: {type: string, format: uuid}
        petId: {type: integer}
        on: {type: string, format: date}
"""


@pytest.fixture
def mock(tmp_path: Path) -> Iterator[Mock]:
    """`mock(document)`: the mock made no mistakes of its own when the test is over."""
    made: list[Mocked] = []

    def make(document: dict[str, Any] | str, **options: int) -> Mocked:
        made.append(mock_of(tmp_path, document, **options))
        return made[-1]

    yield make
    for each in made:
        assert each.errors == []


@pytest.fixture
def pets(mock: Mock) -> Mocked:
    return mock(PETS)
