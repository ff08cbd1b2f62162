import { liveQapi } from "../../src/live-schema/live-qapi.js";
import { compileText } from "../support/compile-text.js";

const schema = compileText(`
{ 'pragma': { 'command-name-exceptions': [ 'device_add' ] } }
{ 'enum': 'Format', 'data': [ 'raw', 'qcow2', 'null-co' ] }
{ 'struct': 'RawOptions', 'data': { 'file': 'FileOptions' } }
{ 'struct': 'NullOptions', 'data': { '*size': 'size', '*read-zeroes': 'bool' } }
{ 'union': 'BlockOptions', 'base': { 'driver': 'Format', '*node-name': 'str' }, 'discriminator': 'driver',
  'data': { 'raw': 'RawOptions', 'null-co': 'NullOptions' } }
{ 'alternate': 'FileOptions', 'data': { 'name': 'str', 'inline': 'BlockOptions' } }
{ 'struct': 'Pair', 'data': { 'name': 'str', 'count': 'int' } }
{ 'command': 'block-add', 'data': 'BlockOptions', 'boxed': true }
{ 'command': 'set', 'data': { '*flag': 'bool', '*count': 'uint64', '*ratio': 'number', '*name': 'str',
  '*pairs': [ 'Pair' ], '*pair': 'Pair', '*extra': 'any', '*__org.qemu_x': 'str', '*limit': 'Limit' } }
{ 'alternate': 'Limit', 'data': { 'number': 'int', 'none': 'null' } }
{ 'command': 'need', 'data': { 'name': 'str' } }
{ 'command': 'device_add', 'data': { 'driver': 'str', '*id': 'str' }, 'gen': false }
{ 'command': 'query-status' }
{ 'struct': 'Odd', 'data': { 'type': 'str', 'new': { 'type': 'str', 'if': 'NEW' } } }
{ 'command': 'odd-add', 'data': 'Odd', 'boxed': true, 'gen': false }
`);

export const sampleSchema = liveQapi(schema);
