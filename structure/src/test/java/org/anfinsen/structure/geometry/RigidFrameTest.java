package org.anfinsen.structure.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RigidFrameTest {

    private final Random random = new Random(11);

    @Test
    void composedWithItsInverseIsTheIdentity() {
        for (int k = 0; k < 100; k++) {
            RigidFrame frame = randomFrame();
            Vector3 point = randomVector();
            assertThat(frame.compose(frame.inverse()).apply(point).distance(point))
                    .isLessThan(1e-9);
            assertThat(frame.inverse().apply(frame.apply(point)).distance(point))
                    .isLessThan(1e-9);
            assertThat(frame.applyInverse(frame.apply(point)).distance(point)).isLessThan(1e-9);
        }
    }

    @Test
    void composesInTheOrderOfApplication() {
        RigidFrame first = randomFrame();
        RigidFrame second = randomFrame();
        Vector3 point = randomVector();
        assertThat(second.compose(first).apply(point).distance(second.apply(first.apply(point))))
                .isLessThan(1e-9);
    }

    @Test
    void isFoundAgainFromThreeOfItsPoints() {
        RigidFrame frame = randomFrame();
        RigidFrame found = RigidFromThreePoints.frame(
                frame.apply(new Vector3(-0.5, 1.36, 0)), frame.translation(), frame.apply(new Vector3(1.52, 0, 0)));
        RotationTest.assertClose(found.rotation(), frame.rotation());
        assertThat(found.translation()).isEqualTo(frame.translation());
    }

    @Test
    void isNotMadeFromPointsOnOneLine() {
        Vector3 origin = Vector3.ZERO;
        Vector3 x = new Vector3(1, 0, 0);
        assertThatThrownBy(() -> RigidFromThreePoints.frame(x.times(2), origin, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one line");
        assertThatThrownBy(() -> RigidFromThreePoints.frame(x, origin, origin)).hasMessageContaining("one line");
    }

    @Test
    void isReadFromSevenValues() {
        RigidFrame frame = RigidFrame.ofQuaternionsAndTranslations(new float[] {0, 0, 0, -2, 1, 2, 3})
                .getFirst();
        assertThat(frame.apply(new Vector3(1, 0, 0)).distance(new Vector3(0, 2, 3)))
                .isLessThan(1e-12);
        assertThatThrownBy(() -> RigidFrame.ofQuaternionsAndTranslations(new float[8]))
                .hasMessageContaining("8 values");
    }

    private RigidFrame randomFrame() {
        Quaternion q = new Quaternion(
                random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return new RigidFrame(Rotation.ofQuaternion(q), randomVector());
    }

    private Vector3 randomVector() {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(30);
    }
}
