package dev.hearth.outgoing;

/// The other server gave no answer that could be used: it wasn't reached, was too slow, or broke
/// the rules. It is no fault of ours; whoever asked tries another server or the same one later. The
/// message names the server, and is for the log: clients are not told what goes on in our network.
public final class RemoteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RemoteException(String server, String what) {
        super(server + ": " + what, null, false, false);
    }
}
