import { useSession } from "../session";
import { syncPreferences } from "./preferenceSync";
import { syncWorkspace } from "./workspaceSync";

let following: { person: string | null; stop(): void } | undefined;

/** Has what this browser keeps be that of whoever is signed in now, and of nobody else. */
export function followPerson(): void {
  const { person } = useSession.getState();
  if (following?.person === person) return;
  following?.stop();
  const stops = person === null ? [] : [syncPreferences(person), syncWorkspace(person)];
  following = { person, stop: () => stops.map((stop) => stop()) };
}
