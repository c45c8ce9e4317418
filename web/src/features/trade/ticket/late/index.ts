/** What of the ticket comes when it is needed: all but limit and market orders, and the review. */

export { ConfirmDialog } from "./ConfirmDialog";
export { ExitFields } from "./ExitFields";
export { HoldingLines } from "./HoldingLines";
export { AdvancedFields, UntilField } from "./MoreFields";
export { OrderPicture } from "./OrderPicture";
export { WaitingFields } from "./WaitingFields";
export { WaitingLines } from "./WaitingLines";
export { WaitingSentence } from "./WaitingSentence";
