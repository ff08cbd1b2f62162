/** How the monitor shows a boolean. */
export function onOff(value: boolean): "on" | "off" {
  return value ? "on" : "off";
}
