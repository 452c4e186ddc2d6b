// What is loaded when a conversation comes to its end.

export { RatingCard } from "./Rating";
export { ResolutionCard } from "./Resolution";
export { Stars } from "./Stars";
