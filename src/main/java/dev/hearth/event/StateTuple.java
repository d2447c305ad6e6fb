package dev.hearth.event;

/// What a piece of state is about: the type of its event and its state key.
public record StateTuple(String type, String stateKey) implements Comparable<StateTuple> {

    @Override
    public int compareTo(StateTuple other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : stateKey.compareTo(other.stateKey);
    }

    @Override
    public String toString() {
        return type + "|" + stateKey;
    }
}
