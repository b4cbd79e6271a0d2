// A hub for a story, on the machine of the devices themselves.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const binary = process.env.TERN_HUB ?? new URL("../../target/debug/tern-hub", import.meta.url).pathname;

/** A hub for these members, with the address that it tells at its start. Begun again in the same folder at the same port it is the same one. */
export async function hubOf(home, members, port = 0) {
  const args = ["--store", `sqlite:${join(home, "hub.db")}`, "--realm", members, "--listen", `127.0.0.1:${port}`];
  const hub = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((found, failed) => {
    createInterface({ input: hub.stderr }).on("line", (text) => {
      const said = /https?:\/\/[^"\s]+#[0-9A-Z]+/.exec(text);
      if (said) found(said[0]);
    });
    hub.once("exit", (code) => failed(new Error(`the hub ended with ${code}`)));
  });
  return { address, port: Number(new URL(address).port), stop: () => hub.kill("SIGKILL") };
}
