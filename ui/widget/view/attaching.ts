// What is loaded when somebody attaches a file.

export { Files } from "../model/files";
export { Tray } from "./Tray";
