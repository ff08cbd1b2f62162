// The door `qapi-ts/json`. JSON without loss: integers of any size, keys of any name.
export { isJsonObject, setMember, type JsonObject, type JsonValue } from "./value.js";
export { MAX_DEPTH, parseJson, type ParseOptions } from "./parse.js";
export { JsonError } from "./error.js";
export { writeJson, type JsonStyle } from "./write.js";
export { fromPointer, toPointer } from "./pointer.js";
export { jsonPlaces, placeOf, type JsonPlace } from "./places.js";
