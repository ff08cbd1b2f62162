import { describe, expect, it } from "vitest";
import { dumpSchema } from "../../../src/qapi/dump/dump-schema.js";
import { schemaOf } from "../compile-text.js";

const builtin = `module ./builtin
object q_empty
enum QType
    member none
    member qnull
    member qnum
    member qstring
    member qdict
    member qlist
    member qbool
`;

describe("a dump", () => {
  it("of an empty schema has what is built in", () => {
    expect(dumpSchema(schemaOf(""))).toBe(`${builtin}module schema.json\n`);
  });

  it("shows everything about a definition", () => {
    const text = `{ 'enum': 'Kind', 'prefix': 'K', 'if': 'E', 'features': [ 'g' ],
  'data': [ 'a', { 'name': 'b', 'if': { 'any': [ 'B', { 'not': 'C' } ] }, 'features': [ { 'name': 'f', 'if': 'F' } ] } ] }
{ 'struct': 'Box', 'data': { '*all': [ 'QType' ] } }
{ 'union': 'Shape', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'b': { 'type': 'Box', 'if': 'B' } } }
{ 'alternate': 'Either', 'data': { 'n': 'int', 's': { 'type': 'null', 'if': 'S' } } }
{ 'command': 'go', 'data': 'Box', 'returns': [ 'Box' ], 'gen': false, 'success-response': false,
  'allow-preconfig': true, 'coroutine': true }
{ 'event': 'GONE' }
`;
    expect(dumpSchema(schemaOf(text))).toBe(`${builtin}array QTypeList QType
module schema.json
enum Kind
    prefix K
    member a
    member b
        if {'any': ['B', {'not': 'C'}]}
        feature f
            if F
    if E
    feature g
object Box
    member all: QTypeList optional=True
object q_obj_Shape-base
    member kind: Kind optional=False
object Shape
    base q_obj_Shape-base
    tag kind
    case b: Box
        if B
    case a: q_empty
alternate Either
    tag type
    case n: int
    case s: null
        if S
array BoxList Box
command go Box -> BoxList
    gen=False success_response=False boxed=False oob=False preconfig=True coroutine=True
event GONE None
    boxed=False
`);
  });

  it("ends with the doc comments, their sections sorted by what they are about", () => {
    const text = `##
# = Free form
##

{ 'pragma': { 'documentation-exceptions': [ 'go' ] } }
##
# @go:
#
# Overview
#
# @a: first
#     more
#
# Features:
#
# @f: a feature
#
# TODO: later
#
# Since: 1.0
##
{ 'command': 'go', 'data': { 'b': 'int', 'a': 'int' }, 'features': [ 'f' ] }
`;
    const [, docs] = dumpSchema(schemaOf(text)).split(/(?=doc freeform)/);
    expect(docs).toBe(`doc freeform
    body=
= Free form
doc symbol=go
    body=
Overview
    arg=a
first
    more
    arg=b

    feature=f
a feature
    section=Todo
later
    section=Since
1.0
`);
  });
});
