// What is loaded when somebody is asked something: by a bot, or at the end of a conversation.

import ask from "../style/ask.css?inline";
import ending from "../style/ending.css?inline";
import { adopt } from "./adopt";

adopt(ask + ending);

export { Ask } from "./Ask";
export { Before } from "./Before";
export { RatingCard } from "./Rating";
export { ResolutionCard } from "./Resolution";
export { Stars } from "./Stars";
