/** A schema of two files. */
export const main = `{ 'include': 'types.json' }

##
# @query-clock:
#
# Tells the time, as \`ClockInfo\` has it.
#
# @zone: where
#
# Since: 9.9
##
{ 'command': 'query-clock', 'data': { '*zone': 'Zone' }, 'returns': 'ClockInfo' }
`;
export const types = `{ 'pragma': { 'documentation-exceptions': [ 'Zone' ] } }

##
# @Zone:
#
# Since: 9.9
##
{ 'enum': 'Zone', 'data': [ 'utc' ] }

##
# @ClockInfo:
#
# @zone: which
#
# Since: 9.9
##
{ 'struct': 'ClockInfo', 'data': { 'zone': 'Zone' } }
`;
