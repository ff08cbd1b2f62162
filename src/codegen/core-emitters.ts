/** The emitters of the products that every generated library rests on. */
export { commandsEmitter } from "./emit/commands.js";
export { eventsEmitter } from "./emit/events.js";
export { typesEmitter } from "./emit/types.js";
export { visitorsEmitter } from "./emit/visitors.js";
