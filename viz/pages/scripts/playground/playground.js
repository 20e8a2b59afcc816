// The page of the playground alone.
"use strict";

import { byId } from "../dom.js";
import { startPlayground } from "./start.js";

startPlayground(JSON.parse(byId("data").textContent)).catch((error) => {
  byId("counter").textContent = `The playground cannot start: ${error.message}`;
});
