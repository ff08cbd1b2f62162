import { Refusal } from "./refusal.js";
import { settingsOf } from "./profile/setting-parameters.js";
import { parseScenarioChoices } from "./text/scenario-options.js";
import { createScenario, type Scenario, ScenarioError } from "./simulator/scenario.js";
import { Simulation } from "./simulator/simulation.js";
import { SIMULATED } from "./profile/migration-uri.js";
import type { Machine } from "./machine.js";

/**
 * The run of a migration to a `sim:` URI, from now on.
 *
 * @throws {Refusal} when the URI's options do not describe one
 */
export function simulationOf(machine: Machine, uri: string): Simulation {
  const { guest, link, failure, seed } = scenarioOf(machine, uri.slice(SIMULATED.length));
  return new Simulation({
    guest,
    link,
    failure,
    seed,
    rules: machine.profile.loop,
    settings: () => settingsOf(machine.parameters.values),
    autoConverge: machine.capabilities.enabled.has("auto-converge"),
    startMs: machine.clock.nowMs,
    isGuestRunning: machine.runState.isRunning,
  });
}

function scenarioOf(machine: Machine, options: string): Scenario {
  try {
    return createScenario({ ...machine.scenario, ...parseScenarioChoices(options) });
  } catch (error) {
    if (error instanceof ScenarioError) throw new Refusal(`${SIMULATED} ${error.message}`);
    throw error;
  }
}
