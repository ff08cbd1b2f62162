/** A schema that uses the whole language, for tests of what is generated from it. */
export const EVERYTHING = {
  "main.json": `
{ 'pragma': { 'command-returns-exceptions': [ 'count-things', 'first-of' ], 'member-name-exceptions': [ 'Event' ] } }
{ 'include': 'types/shapes.json' }

##
# = Things to do
##

##
# @draw:
#
# Draw a \`Shape\`, or with @quick only its outline::
#
#     draw it
#
# @what: the shape
#
# @quick: leave out the inside.  (Since 2.1)
#
# Features:
#
# @deprecated: Use \`paint\` instead.
#
# Returns: how long it took
#
# Errors:
#     - GenericError: if there is no paper
#
# Since: 2.0
#
# .. note:: This is **not** undone.
#
# .. qmp-example::
#    :title: A point
#
#     -> { "execute": "draw", "arguments": { "what": { "kind": "point" } } }
#     <- { "return": { "ms": 5 } }
##
{ 'command': 'draw', 'data': { 'what': 'Shape', '*quick': 'bool', '*size': 'size' },
  'returns': 'Duration', 'features': [ 'deprecated' ], 'allow-oob': true, 'allow-preconfig': true }

{ 'struct': 'Duration', 'data': { 'ms': 'uint64', '*status': 'Status' } }
{ 'command': 'nothing-at-all' }
{ 'command': 'count-things', 'returns': 'int' }
{ 'command': 'first-of', 'data': { 'list': [ 'Either' ] }, 'returns': [ 'Status' ] }
{ 'command': 'boxed-up', 'boxed': true, 'data': 'Shape', 'coroutine': true }
{ 'command': 'open-ended', 'data': { 'driver': 'str' }, 'gen': false }
{ 'command': 'no-answer', 'success-response': false, 'if': { 'not': 'CONFIG_ANSWER' } }
{ 'event': 'SHAPE_DRAWN', 'data': { 'what': 'Shape', 'at': 'int64' } }
{ 'event': 'POWERDOWN' }
`,
  "types/shapes.json": `
##
# @Status:
#
# How it goes.
#
# @good: well
#
# @bad: not so well (see @good)
#
# @odd: under a condition
#
# Features:
#
# @unstable: \`bad\` may get worse.
##
{ 'enum': 'Status',
  'data': [ 'good', { 'name': 'bad', 'features': [ 'unstable' ] },
            { 'name': 'odd', 'if': { 'all': [ 'CONFIG_A', { 'any': [ 'CONFIG_B', 'CONFIG_C' ] } ] } } ] }
{ 'enum': 'Empty', 'data': [] }
{ 'enum': 'Kind', 'data': [ 'point', 'circle', 'group', { 'name': 'secret', 'if': 'CONFIG_SECRET' } ] }
{ 'struct': 'Circle', 'data': { 'radius': 'uint8', '*status': 'Status' } }
{ 'struct': 'Secret', 'data': { 'password': 'str' } }
{ 'union': 'Group', 'base': { 'order': 'Order', 'shapes': [ 'Shape' ] }, 'discriminator': 'order',
  'data': { 'by-key': 'Key' } }
{ 'enum': 'Order', 'data': [ 'by-key', 'random' ] }
{ 'struct': 'Key', 'data': { 'key': 'str' } }
{ 'union': 'Shape', 'base': { 'kind': 'Kind', '*name': 'str' }, 'discriminator': 'kind',
  'data': { 'circle': 'Circle', 'group': 'Group', 'secret': { 'type': 'Secret', 'if': 'CONFIG_SECRET' } } }
{ 'alternate': 'Either', 'data': { 'status': 'Status', 'number': 'int', 'shape': 'Shape', 'none': 'null', 'list': [ 'str' ] } }
{ 'struct': 'Parent', 'data': { 'id': 'str' } }
{ 'struct': 'Child', 'base': 'Parent',
  'data': { '*next': 'Child', 'anything': 'any', '*number': 'number',
            'conditional': { 'type': 'int', 'if': 'CONFIG_A' },
            '*old-one': { 'type': 'str', 'features': [ 'deprecated', 'unstable', 'other' ] } } }
{ 'struct': 'Nothing', 'data': {} }
# What TypeScript or the runtime calls by the same name.
{ 'struct': 'Error', 'data': { 'message': 'str' } }
{ 'struct': 'Map', 'data': { '*error': 'Error' } }
{ 'struct': 'Promise', 'data': { '*map': 'Map', '*event': 'Event' } }
{ 'enum': 'Event', 'data': [ 'object', 'toString' ] }
{ 'struct': 'Object', 'data': { '*constructor': 'str', '*array': 'Array' } }
{ 'struct': 'Array', 'data': { '*readonly': [ 'Sent' ] } }
{ 'struct': 'Sent', 'data': { '*form': 'Form' } }
{ 'struct': 'Form', 'data': { '*exact': 'Exact' } }
{ 'struct': 'Exact', 'data': { '*bool': 'Bool' } }
{ 'struct': 'Bool', 'data': { '*value': 'int' } }
{ 'struct': 'Commands', 'data': { '*events': 'Events' } }
{ 'struct': 'Events', 'data': { '*f': 'Freddy' } }
{ 'struct': 'Freddy', 'data': { 'unrecognized': 'Unrecognized' } }
{ 'enum': 'Unrecognized', 'data': [ 'yes' ] }
{ 'struct': 'DrawArguments', 'data': { 'x': 'Promise', '*y': 'Object', '*z': 'Commands' } }
{ 'struct': 'ShapeBase', 'data': { 'y': 'Child' } }
{ 'struct': '__org.example_Own', 'data': { '__org.example_member': 'Nothing' } }
`,
} as const;
