import { useFrames, useResync } from "../live/live";
import { useSession } from "./session";

/** useFresh keeps who is signed in, and who can be assigned, as the server has it. */
export function useFresh() {
  const { check } = useSession();
  useFrames((frame) => {
    if (frame.type === "team") check();
  });
  useResync(check);
}
