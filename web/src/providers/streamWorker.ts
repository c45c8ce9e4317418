// The socket is read here, so that a busy page never delays it.
import "@cse/client/worker";
