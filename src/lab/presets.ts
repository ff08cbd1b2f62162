import type { ScenarioDocument } from "./scenario-document.js";

/** Guests to begin with, by name. */
export const presets: ReadonlyMap<string, ScenarioDocument & { readonly description: string }> = new Map(
  Object.entries({
    database: {
      description: "64 GiB, busy on a hot tenth of its buffers, over 10 Gbit/s",
      guest: { ram: "64G", "working-set": "48G", pattern: "hot:10%:90%", "dirty-rate": "1.5G" },
      link: { bandwidth: "10Gbit" },
    },
    web: {
      description: "8 GiB that write little, over 1 Gbit/s",
      guest: { ram: "8G", "working-set": "2G", "dirty-rate": "40M" },
      link: { bandwidth: "1Gbit" },
    },
    batch: {
      description: "32 GiB, sweeping over its data again and again, over 10 Gbit/s",
      guest: { ram: "32G", "working-set": "24G", pattern: "sweep", "dirty-rate": "2G" },
      link: { bandwidth: "10Gbit" },
    },
    bursts: {
      description: "16 GiB, two seconds of work in every ten, over 10 Gbit/s",
      guest: { ram: "16G", "working-set": "12G", work: "3G@2s/50M@8s" },
      link: { bandwidth: "10Gbit" },
    },
    "in-memory": {
      description: "4 TiB of data in memory, over 100 Gbit/s",
      guest: { ram: "4T", "working-set": "2T", "dirty-rate": "8G" },
      link: { bandwidth: "100Gbit" },
    },
    tail: {
      description: "1 GiB where the last steps matter: large increments overshoot, tailslow does not",
      guest: { ram: "1G", "working-set": "768M", "dirty-rate": "400M" },
      link: { bandwidth: "1Gbit" },
      parameters: { "cpu-throttle-increment": 25 },
    },
  }),
);
